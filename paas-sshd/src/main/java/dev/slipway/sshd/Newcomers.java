package dev.slipway.sshd;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the connections that have not logged in yet, in all and per source. When there are too
 * many, one has to go: of the source that has most, the one that has come least far, the oldest of
 * these. So a flood of idle connections pushes itself out, and who is about to log in stays. Safe
 * for use by many threads.
 */
final class Newcomers implements SessionListener {
  private static final Logger log = LoggerFactory.getLogger(Newcomers.class);

  private final int mostPerSource;
  private final int mostInAll;
  private final Map<Session, Newcomer> waiting = new LinkedHashMap<>();
  private final Map<String, Integer> perSource = new HashMap<>();
  private boolean crowded;
  private volatile boolean refusing;

  Newcomers(int mostPerSource, int mostInAll) {
    this.mostPerSource = mostPerSource;
    this.mostInAll = mostInAll;
  }

  /** How far a connection has come. */
  private enum Stage {
    SILENT,
    NAMED,
    ENCRYPTED
  }

  private record Newcomer(String source, Stage stage) {
    Newcomer at(Stage next) {
      return next.compareTo(stage) > 0 ? new Newcomer(source, next) : this;
    }
  }

  /** From now on nobody comes in. */
  void refuseAll() {
    refusing = true;
  }

  @Override
  public void sessionEstablished(Session session) {
    if (refusing) {
      session.close(true);
      return;
    }
    List<Session> evicted = new ArrayList<>();
    synchronized (this) {
      String source = source(session);
      while (perSource.getOrDefault(source, 0) >= mostPerSource) {
        evict(source, evicted);
      }
      while (waiting.size() >= mostInAll) {
        evict(busiest(), evicted);
      }
      waiting.put(session, new Newcomer(source, Stage.SILENT));
      perSource.merge(source, 1, Integer::sum);
      report(source, !evicted.isEmpty());
    }
    evicted.forEach(each -> each.close(true));
  }

  @Override
  public synchronized void sessionPeerIdentificationReceived(
      Session session, String version, List<String> extraLines) {
    waiting.computeIfPresent(session, (same, newcomer) -> newcomer.at(Stage.NAMED));
  }

  @Override
  public synchronized void sessionEvent(Session session, Event event) {
    if (event == Event.Authenticated) {
      forget(session);
    } else {
      waiting.computeIfPresent(session, (same, newcomer) -> newcomer.at(Stage.ENCRYPTED));
    }
  }

  @Override
  public synchronized void sessionClosed(Session session) {
    forget(session);
  }

  private void evict(String source, List<Session> evicted) {
    Session victim =
        waiting.entrySet().stream()
            .filter(entry -> entry.getValue().source().equals(source))
            .min(Comparator.comparing(entry -> entry.getValue().stage()))
            .orElseThrow()
            .getKey();
    forget(victim);
    evicted.add(victim);
  }

  private String busiest() {
    return perSource.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private void forget(Session session) {
    Newcomer gone = waiting.remove(session);
    if (gone != null) {
      perSource.computeIfPresent(
          gone.source(), (same, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }
  }

  /** One line when a flood begins and one when it is over, not one per connection. */
  private void report(String source, boolean evicting) {
    if (evicting && !crowded) {
      log.warn("too many connections without login source={} waiting={}", source, waiting.size());
      crowded = true;
    } else if (crowded && waiting.size() < mostPerSource / 2) {
      log.info("connections without login are few again waiting={}", waiting.size());
      crowded = false;
    }
  }

  /** The address; of IPv6 the network, since one host has as many addresses there as it likes. */
  private static String source(Session session) {
    if (session.getIoSession().getRemoteAddress() instanceof InetSocketAddress remote) {
      InetAddress address = remote.getAddress();
      byte[] bytes = address.getAddress();
      return bytes.length > 4
          ? HexFormat.ofDelimiter(":").formatHex(bytes, 0, 8)
          : address.getHostAddress();
    }
    return "unknown";
  }
}
