/// What makes things happen in the twin's world: a JSON API under `/twin` for tests and the demo,
/// and a page at `/` for people. Neither ever shows a secret, but for one that was just made, in
/// the answer to whoever made it.
package io.tokenwarden.twin.control;
