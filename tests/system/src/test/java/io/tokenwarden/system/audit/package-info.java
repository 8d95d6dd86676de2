/// The audit log as an operator sees it.
package io.tokenwarden.system.audit;
