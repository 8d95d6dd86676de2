/// What a connection reaches: permissions and assets, as token-refresher lists them, compared with
/// what is known ([Comparison]) and shown ([InventoryResource]).
package io.tokenwarden.auth.access;
