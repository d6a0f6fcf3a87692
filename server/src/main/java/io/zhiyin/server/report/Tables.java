package io.zhiyin.server.report;

import java.util.List;

/// Tables that scroll sideways where they are wider than the page.
final class Tables {
  private final Html html;

  Tables(Html html) {
    this.html = html;
  }

  /// @param head one a column; the first column names the row
  void write(Words caption, List<Words> head, List<List<Words>> rows) {
    html.open("div", "class", "scroll", "tabindex", "0", "role", "group").open("table");
    html.element("caption", caption);
    html.markup("<thead><tr>");
    head.forEach(cell -> html.element("th", cell, "scope", "col"));
    html.markup("</tr></thead><tbody>\n");
    for (List<Words> row : rows) {
      html.markup("<tr>");
      html.element("th", row.getFirst(), "scope", "row");
      row.subList(1, row.size()).forEach(cell -> html.element("td", cell));
      html.markup("</tr>\n");
    }
    html.markup("</tbody>").close("table").close("div");
  }

  /// The numbers behind a chart, folded away until they are wanted; on paper they are open.
  void behind(Words caption, List<Words> head, List<List<Words>> rows) {
    html.open("details");
    html.element("summary", new Words("The numbers: " + caption.en(), "查看数据：" + caption.zh()));
    write(caption, head, rows);
    html.close("details");
  }
}
