/// What every service is made of beside its own work: the clock, the caller and the workspaces it
/// may see, problem answers (RFC 9457), and the settings that never differ between services
/// (`META-INF/microprofile-config.properties`).
///
/// No threads of its own: everything here runs where the request runs.
package io.tokenwarden.service;
