/// Every way into the product, played in a browser by real redirects, and what tries to come in by
/// them and must not.
package io.tokenwarden.system.doors;
