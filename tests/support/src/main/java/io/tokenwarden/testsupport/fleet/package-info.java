/// The whole product as child processes of the test JVM, made to be harmed: a real database and
/// broker, the Meta twin, and one or several replicas of each packaged service, with a
/// [link][io.tokenwarden.testsupport.link.TcpProxy] between any two that talk.
///
/// A [io.tokenwarden.testsupport.fleet.Fleet] is described by a
/// [io.tokenwarden.testsupport.fleet.FleetPlan]. Faults come from outside only: processes are
/// killed and frozen, links delayed and cut, rows locked
/// ([io.tokenwarden.testsupport.fleet.HeldLock]). The services know nothing of it.
///
/// Thread model: plain blocking code, for one test thread at a time.
package io.tokenwarden.testsupport.fleet;
