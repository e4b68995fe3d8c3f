package dev.slipway.core.call;

import dev.slipway.core.output.Output;
import dev.slipway.core.output.TextOutput;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One command being run, from whatever door: who, with what environment and streams. Immutable; a
 * change makes a new call that shares the rest. Handed down through every service; nobody prints or
 * reads elsewhere.
 */
public final class Call {
  /** The variable that ties nested calls to the outermost one. */
  public static final String TREE_VARIABLE = "SLIPWAY_CALL";

  private final Identity identity;
  private final String tree;
  private final Map<String, String> environment;
  private final Path directory;
  private final Streams streams;
  private final Optional<Terminal> terminal;
  private final Foreground foreground;
  private final Operation operation;
  private final Output out;

  private Call(
      Identity identity,
      String tree,
      Map<String, String> environment,
      Path directory,
      Streams streams,
      Optional<Terminal> terminal,
      Foreground foreground,
      Operation operation) {
    this.identity = identity;
    this.tree = tree;
    this.environment = Map.copyOf(environment);
    this.directory = directory;
    this.streams = streams;
    this.terminal = terminal;
    this.foreground = foreground;
    this.operation = operation;
    this.out = new TextOutput(streams.out(), streams.err(), quiet());
  }

  /**
   * A call as a door makes it. The tree token comes from {@link #TREE_VARIABLE} where the
   * environment has it, else is {@code newTree}.
   */
  public static Call from(
      Identity identity,
      String newTree,
      Map<String, String> environment,
      Path directory,
      Streams streams,
      Optional<Terminal> terminal,
      Foreground foreground) {
    String tree = environment.getOrDefault(TREE_VARIABLE, newTree);
    return new Call(
            identity, tree, environment, directory, streams, terminal, foreground, new Operation())
        .with(TREE_VARIABLE, tree);
  }

  public Identity identity() {
    return identity;
  }

  /**
   * The token shared by the outermost call and everything it started, nested {@code dokku} calls of
   * hooks included.
   */
  public String tree() {
    return tree;
  }

  /** The complete environment that programs of this call get. */
  public Map<String, String> environment() {
    return environment;
  }

  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  public Path directory() {
    return directory;
  }

  public Streams streams() {
    return streams;
  }

  public Optional<Terminal> terminal() {
    return terminal;
  }

  public Foreground foreground() {
    return foreground;
  }

  /** The build or deploy that this call is part of. */
  public Operation operation() {
    return operation;
  }

  public Output out() {
    return out;
  }

  /** Whether {@code DOKKU_QUIET_OUTPUT} is set to anything but the empty text. */
  public boolean quiet() {
    return isSet("DOKKU_QUIET_OUTPUT");
  }

  /** Whether destructive commands skip their confirmation. */
  public boolean force() {
    return isSet("DOKKU_APPS_FORCE_DELETE");
  }

  public boolean trace() {
    return isSet("DOKKU_TRACE");
  }

  /** {@code DOKKU_PID}: names the whole invocation, in file names for instance. */
  public String pid() {
    return environment.getOrDefault("DOKKU_PID", "0");
  }

  private boolean isSet(String name) {
    return !environment.getOrDefault(name, "").isEmpty();
  }

  public Call with(String variable, String value) {
    return with(Map.of(variable, value));
  }

  public Call with(Map<String, String> variables) {
    Map<String, String> merged = new LinkedHashMap<>(environment);
    merged.putAll(variables);
    return withEnvironment(merged);
  }

  public Call without(String... variables) {
    Map<String, String> rest = new LinkedHashMap<>(environment);
    for (String variable : variables) {
      rest.remove(variable);
    }
    return withEnvironment(rest);
  }

  public Call withEnvironment(Map<String, String> all) {
    return new Call(identity, tree, all, directory, streams, terminal, foreground, operation);
  }

  /** The same call as part of an operation; programs of calls that are made from it end with it. */
  public Call within(Operation other) {
    return new Call(identity, tree, environment, directory, streams, terminal, foreground, other);
  }

  /** The same call for work that goes on although its operation was cancelled: tidying up. */
  public Call uncancelled() {
    return operation.isCancelled() ? within(new Operation()) : this;
  }

  /**
   * The same call with other streams. The terminal is gone, since output no longer reaches it as it
   * is; {@code foreground} has to run programs with these streams.
   */
  public Call withStreams(Streams other, Foreground otherForeground) {
    return new Call(
        identity,
        tree,
        environment,
        directory,
        other,
        Optional.empty(),
        otherForeground,
        operation);
  }

  /**
   * The same call with other streams, its programs run with pipes to them and end when its
   * operation is cancelled.
   */
  public Call piped(
      InputStream in, OutputStream stdout, OutputStream stderr, PipedPrograms programs) {
    Streams other = new Streams(in, stdout, stderr);
    return withStreams(other, program -> programs.run(program, other, operation));
  }

  /**
   * Runs a program with pipes to the given streams, to its end; the status as {@link
   * Foreground#run}.
   */
  @FunctionalInterface
  public interface PipedPrograms {
    int run(Program program, Streams streams);

    /** The same; the program's whole process group is ended when the operation is cancelled. */
    default int run(Program program, Streams streams, Operation operation) {
      return run(program, streams);
    }
  }
}
