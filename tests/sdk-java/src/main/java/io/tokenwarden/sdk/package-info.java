/// What an application does with Meta's Java SDK, which knows nothing of a gateway: it is given
/// another address and a handle, and nothing else.
package io.tokenwarden.sdk;
