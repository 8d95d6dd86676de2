/// Takes in the bodies of calls, bounded, before anything of them is judged or sent: a parameter
/// may stand at the end of a body that changes what all before it means.
package io.tokenwarden.gateway.intake;
