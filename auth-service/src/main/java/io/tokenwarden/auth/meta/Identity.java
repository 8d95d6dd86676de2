package io.tokenwarden.auth.meta;

/// Who a token speaks for.
///
/// @param metaUserId app-scoped: another app sees another id
/// @param name as Meta shows it; empty if not told
public record Identity(String metaUserId, String name) {}
