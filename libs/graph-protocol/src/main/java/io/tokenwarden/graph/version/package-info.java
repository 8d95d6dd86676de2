/// Until when Meta serves which version of its APIs: [VersionCalendar].
package io.tokenwarden.graph.version;
