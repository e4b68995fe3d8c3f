package dev.slipway.core.git.sources;

import dev.slipway.core.call.Call;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The lines on standard error that tell what was done with an archive. Spec: 03 section 2.8. */
final class ArchiveAudit {
  private final Call call;
  private final ArchiveType type;
  private final Path source;

  private ArchiveAudit(Call call, ArchiveType type, Path source) {
    this.call = call;
    this.type = type;
    this.source = source;
  }

  static ArchiveAudit of(Call call, ArchiveType type, Path source) {
    return new ArchiveAudit(call, type, source);
  }

  void started(Path into) {
    say("extraction_started", "dest=" + into);
  }

  void completed(Path into) {
    say("extraction_completed", "dest=" + into);
  }

  void rejected(RejectedArchive why) {
    say(why.event(), why.text());
  }

  private void say(String event, String details) {
    call.out()
        .errorLine(
            "[archive-security] timestamp="
                + Instant.now().truncatedTo(ChronoUnit.SECONDS)
                + " user="
                + call.variable("SUDO_USER").orElse(call.identity().unixUser())
                + " event="
                + event
                + " archive_type="
                + type.word()
                + " source="
                + source
                + " details="
                + details);
  }
}
