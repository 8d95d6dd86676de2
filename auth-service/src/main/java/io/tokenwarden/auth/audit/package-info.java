/// Who did what, when: written in the transaction of what was done.
package io.tokenwarden.auth.audit;
