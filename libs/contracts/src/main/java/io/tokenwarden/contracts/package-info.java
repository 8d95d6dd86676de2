/// The shared language on Kafka: which topics exist, which facts travel on them, and how a fact
/// becomes a record and back. Published for subscribers; knows no framework.
///
/// Start at [Topic] (the table of all topics), then [Event] (the facts, one sealed family per kind
/// of subject) and [EventCodec] (CloudEvents 1.0 in binary mode, the value as JSON).
package io.tokenwarden.contracts;
