package dev.slipway.cli;

import dev.slipway.cli.catalogue.Catalogue;
import dev.slipway.cli.gate.CommandGate;
import dev.slipway.cli.plugin.PluginFamily;
import dev.slipway.cli.sshkeys.SshKeysCommands;
import dev.slipway.cli.standard.StandardCommands;
import dev.slipway.core.call.Gate;
import dev.slipway.core.journal.Journal;
import dev.slipway.core.locks.InvocationTrees;
import dev.slipway.core.process.Programs;
import dev.slipway.core.sshkeys.SshKeys;
import dev.slipway.core.store.AsideFiles;
import dev.slipway.core.store.DurableFiles;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The composition root: makes every service with the concrete adapters and ties them together, in
 * plain Java, part by part. Nothing runs until {@link #prepare} and the doors are started.
 */
public final class Installation implements AutoCloseable {
  /** Folders below {@code data/} that the daemon writes; others may be large and belong to apps. */
  private static final List<String> OWN_DATA =
      List.of(
          "app-json", "apps", "builds", "nginx-vhosts", "ps", "scheduler-docker-local", "slipway");

  private final Base base;
  private final WebPart web;
  private final SourcePart source;
  private final RunPart run;
  private final CommandGate gate;

  public Installation(DaemonSettings settings) {
    this(settings, journal -> journal);
  }

  /**
   * @param journalling wraps the journal, so that a test can hold a deploy at any step
   */
  public Installation(DaemonSettings settings, UnaryOperator<Journal> journalling) {
    base = new Base(settings, journalling);
    new AppsPart(base);
    web = new WebPart(base);
    new ContainerPart(base);
    source = new SourcePart(base);
    run = new RunPart(base, web.proxy, source);
    new PluginFamily(base.plugins.listing()).addTo(base.catalogue);
    new SshKeysCommands(new SshKeys(base.roots, base.files)).addTo(base.catalogue);
    new StandardCommands(base.roots, base.files, base.plugins.commands()).addTo(base.catalogue);
    gate =
        new CommandGate(
            base.catalogue.complete(),
            base.plugins.commands(),
            base.plugins.environment(),
            base.triggers,
            base.trees,
            base.apps);
  }

  /** Makes the folders and files that have to be there before the doors open. */
  public void prepare() {
    base.files.createDirectories(base.roots.dokkuRoot());
    base.files.createDirectories(base.roots.slipway());
    base.files.createDirectories(base.roots.run());
    base.files.createDirectories(base.roots.logs());
    AsideFiles.sweep(base.roots.libRoot().resolve("config"), 3);
    AsideFiles.sweep(base.roots.dokkuRoot(), 2);
    for (String plugin : OWN_DATA) {
      AsideFiles.sweep(base.roots.data(plugin), 3);
    }
    base.plugins.prepare();
    web.proxy.prepare();
    run.claimUnfinished();
    source.finishPushes();
  }

  /** Finishes or undoes what a former daemon was in, then keeps apps running. */
  void attend() {
    run.start(source.recoverers(), source::settleBuilds);
  }

  /**
   * Lets running commands end, at most this long, and begins no others.
   *
   * @return whether all have ended
   */
  boolean drain(Duration grace) throws InterruptedException {
    base.deliveries.hurry();
    return gate.drain(grace);
  }

  @Override
  public void close() throws Exception {
    run.close();
  }

  public Gate gate() {
    return gate;
  }

  /** The commands, for completion and for tests that go through all of them. */
  public Catalogue catalogue() {
    return base.catalogue;
  }

  InvocationTrees trees() {
    return base.trees;
  }

  Programs programs() {
    return base.programs;
  }

  DurableFiles files() {
    return base.files;
  }
}
