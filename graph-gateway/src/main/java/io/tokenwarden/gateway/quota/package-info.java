/// How much Meta lets us ask. A call has to do with several quotas, each a [QuotaScope]: which ones
/// its [QuotaScopes] say.
package io.tokenwarden.gateway.quota;
