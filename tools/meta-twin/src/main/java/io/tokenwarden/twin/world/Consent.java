package io.tokenwarden.twin.world;

import java.util.Set;

/// What a person agreed to in the dialog, and where the browser goes next.
///
/// @param challenge the PKCE challenge; null without PKCE
/// @param adAccounts those that are shared, by id; null for all
public record Consent(
    String appId,
    String personId,
    String redirectUri,
    Challenge challenge,
    Set<String> granted,
    Set<String> declined,
    Set<String> adAccounts) {}
