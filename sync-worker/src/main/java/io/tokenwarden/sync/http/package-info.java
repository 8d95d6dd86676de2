/// What people and scripts ask this service. Everybody sees only the workspaces of their token; an
/// ad account of another workspace is not found.
package io.tokenwarden.sync.http;
