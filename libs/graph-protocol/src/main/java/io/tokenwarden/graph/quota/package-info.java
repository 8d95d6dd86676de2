/// How much Meta lets us ask, as far as Meta tells.
///
/// - [UsageHeaders] reads how far each quota is used, from successful and failed answers alike; one
///   [Usage] per quota.
/// - [Throttle] says which quota is used up when a call was turned away.
/// - [HoldRule] turns both into a [Hold]: until when nobody asks, and how fast after that.
///
/// A quota is told apart by its [QuotaKind], the id it is counted for and its [UseCase]; whoever
/// knows them all names it as a [QuotaScope]. Headers often leave the id out and errors always do:
/// then it is the app, user or object of the call, which only the caller knows. That is why nothing
/// here keeps state: the caller finds the quota, and brings the [Hold] it is under.
///
/// Where two readings differ, the stricter one counts: asking too early prolongs a block, asking
/// too late costs seconds. What cannot be understood is left out, and nothing here throws.
///
/// The outside rules are Meta's: [Rate
/// limits](https://developers.facebook.com/docs/graph-api/overview/rate-limiting) for the platform
/// and the business use cases, [Marketing API rate
/// limiting](https://developers.facebook.com/docs/marketing-api/overview/rate-limiting) for scores,
/// blocks and single fields.
package io.tokenwarden.graph.quota;
