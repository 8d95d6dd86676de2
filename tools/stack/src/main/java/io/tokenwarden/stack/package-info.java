/// The local stack: a real database, broker and issuer, the Meta twin, the five packaged services
/// as processes of their own, and the edge that stands for the ingress.
///
/// [io.tokenwarden.stack.Stack] starts them in order, keeps them running and stops them in the
/// reverse order; each is a [io.tokenwarden.stack.Part] under a [io.tokenwarden.stack.Supervisor].
/// Where everything is, others read from `stack.json` ([io.tokenwarden.stack.StackInfo]). All data
/// lies in one folder ([io.tokenwarden.stack.StackFolder]) and survives a restart.
///
/// The fault harness of the tests starts the same processes from the same pieces, but each with
/// neighbours of its own ([io.tokenwarden.stack.Neighbours]) and without supervision.
///
/// Thread model: plain blocking code; one virtual thread watches each process.
package io.tokenwarden.stack;
