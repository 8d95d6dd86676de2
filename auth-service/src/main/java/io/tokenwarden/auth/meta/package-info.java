/// The calls auth-service makes to Meta: OAuth, inspection and questions. Nothing else in this
/// service opens a connection to Meta. Nor is one opened while the gateway says that a quota of the
/// call is used up ([io.tokenwarden.auth.quota.QuotaHolds]).
package io.tokenwarden.auth.meta;
