package io.tokenwarden.cli.demo;

import java.util.List;

/// The person in the story, at Meta.
record Person(String id, String name, List<AdAccount> adAccounts) {}
