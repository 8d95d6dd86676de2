/// What a connection reaches: permissions and assets, as token-refresher lists them.
package io.tokenwarden.auth.access;
