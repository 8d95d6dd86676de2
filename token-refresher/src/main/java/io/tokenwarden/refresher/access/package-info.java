/// The access check: what may this connection do and reach? Asked of Meta through the gateway,
/// answered to auth-service, which judges.
package io.tokenwarden.refresher.access;
