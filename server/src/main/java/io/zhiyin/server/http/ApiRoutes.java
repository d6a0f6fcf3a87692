package io.zhiyin.server.http;

import io.zhiyin.server.shop.ShopHub;
import io.zhiyin.server.storefront.Pictures;
import io.zhiyin.server.telemetry.Meters;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// The whole table of calls, put together from its parts.
public final class ApiRoutes {
  private ApiRoutes() {}

  public static RouteTable table(ShopHub shops, Pictures pictures, Clock clock, Meters meters) {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new EventCalls(shops, clock, meters).routes());
    routes.addAll(new RecommendationPreview(shops, clock).routes()); // before the longer net
    routes.addAll(new RecommendationCalls(shops, clock, meters).routes());
    routes.addAll(new SearchCalls(shops, clock, meters).routes());
    routes.addAll(new ItemCalls(shops, clock).routes());
    routes.addAll(new ItemInsight(shops, clock).routes());
    routes.addAll(new UserCalls(shops, clock).routes());
    routes.addAll(new UserListing(shops).routes());
    routes.addAll(new ShopperCalls(shops, clock).routes());
    routes.addAll(new ExplanationCalls(shops).routes());
    routes.addAll(new RuleCalls(shops).routes());
    routes.addAll(new RulePreview(shops, clock).routes());
    routes.addAll(new ModelCalls(shops).routes());
    routes.addAll(new MetricCalls(shops, clock).routes());
    routes.addAll(new LiveCalls(shops, clock, meters).routes());
    routes.addAll(new AuditCalls(shops).routes());
    routes.addAll(new SystemCalls(shops, clock, meters).routes());
    routes.addAll(new ModelPictures(shops).routes());
    routes.addAll(new EventListing(shops).routes());
    routes.addAll(new ReplayCalls(shops, clock).routes());
    routes.addAll(new SchemaCalls(clock).routes());
    routes.addAll(new ImportCalls(shops).routes());
    routes.addAll(new BackupCalls(shops).routes());
    routes.addAll(new EvaluationCalls(shops).routes());
    routes.addAll(new OperationCalls(shops, clock, meters).routes());
    routes.addAll(new StorefrontCalls(pictures).routes());
    routes.addAll(new ConsoleCalls().routes());
    return new RouteTable(routes);
  }
}
