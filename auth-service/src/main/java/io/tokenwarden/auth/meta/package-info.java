/// The calls auth-service makes to Meta: OAuth, inspection and questions. Nothing else in this
/// service opens a connection to Meta.
package io.tokenwarden.auth.meta;
