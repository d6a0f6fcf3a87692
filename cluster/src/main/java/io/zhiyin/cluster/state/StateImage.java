package io.zhiyin.cluster.state;

import io.zhiyin.engine.catalog.CatalogImage;
import io.zhiyin.engine.event.StateSink;
import io.zhiyin.engine.profile.ProfileImage;
import java.io.IOException;

/// Everything that was folded up to one place of the journal, for keeping while folding goes on.
///
/// @param position the offset of the first event that is not in it
record StateImage(long position, CatalogImage catalog, ProfileImage profiles) {
  void writeTo(StateSink sink) throws IOException {
    try {
      catalog.writeTo(sink);
      profiles.writeTo(sink);
    } finally {
      profiles.cancel();
    }
  }
}
