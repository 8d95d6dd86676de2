package io.tokenwarden.twin.control;

/// Something to press on the control page.
///
/// @param action where it posts to
public record Button(String action, String label) {}
