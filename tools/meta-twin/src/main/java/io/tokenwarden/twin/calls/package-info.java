/// The call log: which Graph call came with which token, and what it was answered. Tokens appear by
/// label alone.
package io.tokenwarden.twin.calls;
