package io.tokenwarden.contracts;

import java.util.Map;

/// A fact as it lies in Kafka.
///
/// @param headers in the order in which they are written
@SuppressWarnings("ArrayRecordComponent") // a record's bytes, handed on and never compared
public record EncodedEvent(String topic, String key, Map<String, String> headers, byte[] value) {}
