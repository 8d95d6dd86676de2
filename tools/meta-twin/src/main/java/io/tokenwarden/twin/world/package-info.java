/// What Meta remembers: people, ad accounts, grants, authorization codes, access tokens; and how it
/// is kept on disk.
package io.tokenwarden.twin.world;
