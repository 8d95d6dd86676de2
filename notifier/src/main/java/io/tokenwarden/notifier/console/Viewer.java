package io.tokenwarden.notifier.console;

/// Who looks at the page.
///
/// @param operator whether this person may connect and reconnect
/// @param local whether the issuer asked for no password
public record Viewer(String name, boolean operator, boolean local) {}
