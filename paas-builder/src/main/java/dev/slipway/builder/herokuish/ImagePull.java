package dev.slipway.builder.herokuish;

import dev.slipway.builder.image.DockerClient;
import dev.slipway.core.call.Call;
import dev.slipway.core.call.Call.PipedPrograms;
import dev.slipway.core.call.Program;
import dev.slipway.core.call.Streams;
import dev.slipway.core.error.UserError;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Pulls images by the docker client, which has the credentials. A registry that does not begin to
 * answer is given up, and not asked again for a while where there is another way. Safe for use by
 * many threads.
 */
final class ImagePull {
  private static final Duration WHOLE = Duration.ofMinutes(30);
  private static final Duration REMEMBERED = Duration.ofMinutes(30);

  private final DockerClient client;
  private final PipedPrograms programs;
  private final Duration firstAnswer;
  private final Clock clock;
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();

  private record Failure(Instant at, String why) {}

  /**
   * @param firstAnswer how long a registry may take to answer at all
   */
  ImagePull(DockerClient client, PipedPrograms programs, Duration firstAnswer, Clock clock) {
    this.client = client;
    this.programs = programs;
    this.firstAnswer = firstAnswer;
    this.clock = clock;
  }

  /**
   * Tries, unless that failed a short time ago.
   *
   * @param otherwise what the person who waits is told beside the name
   * @return why it failed; empty if the image is here now
   */
  Optional<String> attempt(Call call, String image, String otherwise) {
    Failure known = failures.get(image);
    if (known != null && clock.instant().isBefore(known.at.plus(REMEMBERED))) {
      return Optional.of(known.why);
    }
    call.out().detail("Pulling " + image + otherwise);
    Optional<String> failure = pull(call, image);
    failure.ifPresent(why -> failures.put(image, new Failure(clock.instant(), why)));
    return failure;
  }

  /** Tries in any case. @return why it failed; empty if the image is here now */
  Optional<String> now(Call call, String image) {
    call.out().detail("Pulling " + image);
    return pull(call, image);
  }

  private Optional<String> pull(Call call, String image) {
    Optional<DockerClient.Found> found = client.find(call);
    if (found.isEmpty()) {
      return Optional.of("there is no docker client");
    }
    PullOutput said = new PullOutput(call.out()::detail);
    Program program =
        Program.of(
            found.get().file(),
            List.of("image", "pull", "--", image),
            client.environment(call, false),
            Path.of("/"));
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture<Integer> status = new CompletableFuture<>();
      Future<?> running =
          thread.submit(
              () -> {
                try {
                  Streams streams =
                      new Streams(
                          InputStream.nullInputStream(), said.progress(), said.complaints());
                  status.complete(programs.run(program, streams));
                } catch (RuntimeException e) {
                  status.completeExceptionally(e);
                }
              });
      try {
        return awaited(status, said);
      } finally {
        running.cancel(true);
      }
    }
  }

  private Optional<String> awaited(CompletableFuture<Integer> status, PullOutput said) {
    try {
      CompletableFuture.anyOf(said.begun(), status)
          .get(firstAnswer.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Optional.of("no registry answered within " + firstAnswer.toSeconds() + " s");
    } catch (InterruptedException | ExecutionException e) {
      throw stopped(e);
    }
    try {
      int exit = status.get(WHOLE.toSeconds(), TimeUnit.SECONDS);
      return exit == 0 ? Optional.empty() : Optional.of(said.reason(exit));
    } catch (TimeoutException e) {
      return Optional.of("it was not here after " + WHOLE.toMinutes() + " minutes");
    } catch (InterruptedException | ExecutionException e) {
      throw stopped(e);
    }
  }

  private static RuntimeException stopped(Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return UserError.silent(130, e);
    }
    return new IllegalStateException("running the docker client", e);
  }
}
