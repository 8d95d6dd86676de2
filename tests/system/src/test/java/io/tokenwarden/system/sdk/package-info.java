/// Meta's own SDKs against the running stack: nothing but the address is another.
package io.tokenwarden.system.sdk;
