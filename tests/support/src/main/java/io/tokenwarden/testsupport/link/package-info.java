/// Bad weather on the wire. A [io.tokenwarden.testsupport.link.TcpProxy] stands between two
/// processes and forwards, until a test inflicts a [io.tokenwarden.testsupport.link.Fault] on it.
///
/// Thread model: plain blocking code, two virtual threads per connection.
package io.tokenwarden.testsupport.link;
