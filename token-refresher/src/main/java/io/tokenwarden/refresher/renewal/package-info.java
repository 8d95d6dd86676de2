/// Tokens are replaced before they end, or because they are old. Whether, with what and how it is
/// proven is auth-service's; here is only said when.
package io.tokenwarden.refresher.renewal;
