/// What people read, in their language.
package io.tokenwarden.notifier.text;
