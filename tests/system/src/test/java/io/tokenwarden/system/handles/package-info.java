/// Whoever holds a handle, on the running stack.
package io.tokenwarden.system.handles;
