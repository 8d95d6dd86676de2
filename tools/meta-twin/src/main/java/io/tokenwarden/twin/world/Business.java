package io.tokenwarden.twin.world;

/// A business: what ad accounts, pages, catalogs and system users belong to. Each has one page and
/// one catalog, whose ids follow from its own.
public record Business(String id, String name) {

  private static final long PERSON_IDS_ABOVE = 9_450_000_000_000_000L;
  private static final long CATALOG_IDS_ABOVE = 20_000_000_000_000L;
  private static final long PAGE_IDS_ABOVE = 40_000_000_000_000L;

  /// The business a person has who works for nobody else.
  static Business ofPerson(String personId, String name) {
    return new Business(
        Long.toString(Long.parseLong(personId) - PERSON_IDS_ABOVE), name + " Business");
  }

  public Catalog catalog() {
    return new Catalog(idAbove(CATALOG_IDS_ABOVE), name + " Catalog");
  }

  public Page page() {
    return new Page(idAbove(PAGE_IDS_ABOVE), name + " Page");
  }

  private String idAbove(long distance) {
    return Long.toString(Long.parseLong(id) + distance);
  }

  /// A product catalog.
  public record Catalog(String id, String name) {}

  /// A Page.
  public record Page(String id, String name) {}
}
