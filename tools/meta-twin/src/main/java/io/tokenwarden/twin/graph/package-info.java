/// The Graph API side: tokens are exchanged and inspected, people, ad accounts and insights read,
/// and errors said in Meta's words. [GraphRoutes] turns HTTP into a [GraphRequest] and a
/// [GraphAnswer] into HTTP; between them nothing knows HTTP.
package io.tokenwarden.twin.graph;
