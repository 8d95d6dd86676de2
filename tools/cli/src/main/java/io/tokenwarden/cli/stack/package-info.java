/// The local stack: a real database, broker and issuer, the Meta twin, the five packaged services
/// as processes of their own, and the edge that stands for the ingress.
///
/// [io.tokenwarden.cli.stack.Stack] starts them in order, keeps them running and stops them in the
/// reverse order; each is a [io.tokenwarden.cli.stack.Part] under a
/// [io.tokenwarden.cli.stack.Supervisor]. Where everything is, others read from `stack.json`
/// ([io.tokenwarden.cli.stack.StackInfo]). All data lies in one folder
/// ([io.tokenwarden.cli.stack.StackFolder]) and survives a restart.
///
/// Thread model: plain blocking code; one virtual thread watches each process.
package io.tokenwarden.cli.stack;
