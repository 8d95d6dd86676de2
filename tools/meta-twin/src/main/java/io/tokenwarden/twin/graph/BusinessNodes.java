package io.tokenwarden.twin.graph;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwarden.twin.world.Business;
import io.tokenwarden.twin.world.Tokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Businesses, with their pages and catalogs, as the caller may see them.
@Singleton
final class BusinessNodes {

  private static final Fields<Business> BUSINESS =
      new Fields<Business>("Business", "id", "name")
          .text("id", Business::id)
          .text("name", Business::name);

  private static final Fields<Business.Catalog> CATALOG =
      new Fields<Business.Catalog>("ProductCatalog", "id", "name")
          .text("id", Business.Catalog::id)
          .text("name", Business.Catalog::name);

  private final Fields<SeenPage> listedPage = pageFields("access_token", "category", "name", "id");
  private final Fields<SeenPage> page = pageFields("name", "id");
  private final Tokens tokens;

  @Inject
  BusinessNodes(Tokens tokens) {
    this.tokens = tokens;
  }

  private Fields<SeenPage> pageFields(String... defaults) {
    return new Fields<SeenPage>("Page", defaults)
        .text("id", seen -> seen.page.id())
        .text("name", seen -> seen.page.name())
        .text("category", _ -> "Advertising Agency")
        .text("access_token", this::accessToken);
  }

  private Object accessToken(SeenPage seen) {
    return tokens.ofPage(seen.caller.token(), seen.page.id()).value().reveal();
  }

  JsonNode businesses(GraphRequest request, Caller caller) {
    caller.mustManageBusiness();
    var fields = BUSINESS.chosen(request);
    return Page.of(request, caller.businesses(), business -> BUSINESS.of(business, fields));
  }

  JsonNode business(GraphRequest request, Caller caller, Business business) {
    caller.mustManageBusiness();
    return BUSINESS.of(business, BUSINESS.chosen(request));
  }

  /// Without `pages_show_list` there are none to be seen.
  JsonNode pages(GraphRequest request, Caller caller) {
    var fields = listedPage.chosen(request);
    return Page.of(request, caller.pages(), it -> listedPage.of(new SeenPage(it, caller), fields));
  }

  JsonNode page(GraphRequest request, Caller caller, Business.Page it) {
    return page.of(new SeenPage(it, caller), page.chosen(request));
  }

  JsonNode catalogs(GraphRequest request, Caller caller) {
    caller.mustManageCatalogs();
    var fields = CATALOG.chosen(request);
    return Page.of(request, caller.catalogs(), catalog -> CATALOG.of(catalog, fields));
  }

  JsonNode catalog(GraphRequest request, Business.Catalog catalog) {
    return CATALOG.of(catalog, CATALOG.chosen(request));
  }

  /// A page, and who looks at it: everybody gets a token of their own for it.
  private record SeenPage(Business.Page page, Caller caller) {}
}
