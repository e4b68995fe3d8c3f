package dev.slipway.sshd;

import dev.slipway.core.sshkeys.Admission;
import dev.slipway.core.sshkeys.AuthorizedKeysFile;
import dev.slipway.core.sshkeys.PublicKeyText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.OpenSshCertificate;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKey;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets keys in. The library asks {@link #authenticate} for every key that a client merely offers,
 * so who it is gets bound only when the login is complete, from the key whose signature was
 * verified.
 */
final class KeyLogin implements PublickeyAuthenticator, SessionListener {
  private static final Logger log = LoggerFactory.getLogger(KeyLogin.class);
  private static final AttributeKey<Admission.Admitted> WHO = new AttributeKey<>();

  private final AuthorizedKeysFile keys;
  private final Set<String> users;

  /**
   * @param users the names under which one may log in; all are the same account
   */
  KeyLogin(AuthorizedKeysFile keys, Set<String> users) {
    this.keys = keys;
    this.users = Set.copyOf(users);
  }

  /** Who logged in; nothing before the login is complete. */
  static Optional<Admission.Admitted> who(Session session) {
    return Optional.ofNullable(session.getAttribute(WHO));
  }

  @Override
  public boolean authenticate(String user, PublicKey key, ServerSession session) {
    return users.contains(user) && admit(key, session) instanceof Admission.Admitted;
  }

  @Override
  public void sessionEvent(Session session, Event event) {
    if (event != Event.Authenticated) {
      return;
    }
    List<PublicKey> proven = session.getAttribute(UserAuthPublicKey.AUTHENTICATED_KEYS);
    if (proven != null
        && !proven.isEmpty()
        && admit(proven.getLast(), session) instanceof Admission.Admitted who) {
      session.setAttribute(WHO, who);
      log.info(
          "login name={} fingerprint={} from={}",
          who.name(),
          who.fingerprint(),
          session.getIoSession().getRemoteAddress());
    } else {
      log.warn("login ended, the key was withdrawn from={}", session.getIoSession());
      session.close(true);
    }
  }

  private Admission admit(PublicKey key, Session session) {
    InetAddress source = source(session);
    if (source == null || key instanceof OpenSshCertificate) {
      return new Admission.Unknown();
    }
    ByteArrayBuffer blob = new ByteArrayBuffer();
    blob.putRawPublicKey(key);
    byte[] bytes = blob.getCompactData();
    Admission admission = keys.current().admit(bytes, source, Instant.now());
    if (admission instanceof Admission.Refused(String reason)) {
      log.warn(
          "login refused fingerprint={} from={} reason={}",
          PublicKeyText.fingerprint(bytes),
          source.getHostAddress(),
          "its line " + reason);
    }
    return admission;
  }

  private static @org.jspecify.annotations.Nullable InetAddress source(Session session) {
    return session.getIoSession().getRemoteAddress() instanceof InetSocketAddress remote
        ? remote.getAddress()
        : null;
  }
}
