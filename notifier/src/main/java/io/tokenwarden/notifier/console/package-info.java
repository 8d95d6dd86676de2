/// The page people look at: a card per connection, what is wrong and the button that mends it.
///
/// The page is rendered here and signs people in with the OIDC code flow (tenant `console`, a
/// session cookie); that cookie can only read. Whatever changes something is a call of the page to
/// the owning service, with a bearer it gets from [SessionResource] and keeps in memory, so no
/// other site can make a browser do it ([SignIn]). [StreamResource] tells open pages when to look
/// again.
package io.tokenwarden.notifier.console;
