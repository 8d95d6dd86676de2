/// What a person sees when the app asks for access: the OAuth dialog, the consent, and the way back
/// to the app.
package io.tokenwarden.twin.dialog;
