package io.tokenwarden.contracts;

/// What Meta answered, without the message: Meta's texts may echo tokens and user ids.
///
/// @param fbtraceId Meta's own id of the failed call, for its support; short-lived at Meta
public record GraphErrorInfo(
    Integer code, Integer subcode, String type, Integer httpStatus, String fbtraceId) {}
