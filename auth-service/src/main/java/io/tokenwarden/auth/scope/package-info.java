/// What Meta's permissions are good for, and which of them a connection is asked for.
///
/// [Permission] is the table: each permission with its purpose and the capabilities it carries. A
/// [ScopeProfile] is what a connection is connected for; what of it was not granted is a
/// [MissingScopes], which also says what that blocks. `GET /auth/scopes` serves all of it.
package io.tokenwarden.auth.scope;
