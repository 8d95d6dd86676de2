/// Tokens are replaced before they end, without anybody asking for it.
package io.tokenwarden.system.refresh;
