/// `tokenwarden audit`: whether the audit log is what was written.
package io.tokenwarden.cli.audit;
