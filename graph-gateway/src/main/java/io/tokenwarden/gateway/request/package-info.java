/// What a caller asks for: query and body, read once into a canonical [GraphRequest] by
/// [RequestReader], before any policy looks at it. Pure functions; any thread.
package io.tokenwarden.gateway.request;
