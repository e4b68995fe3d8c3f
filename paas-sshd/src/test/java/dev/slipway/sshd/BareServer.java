package dev.slipway.sshd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.KeySetPublickeyAuthenticator;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.apache.sshd.server.command.Command;

/**
 * The floor of {@code scripts/bench}: an SSH server of the door's library with the door's
 * algorithms, kind of host key, way to log in and channels (the library's own lose exit statuses),
 * that answers every command with exit status 0 and runs nothing. {@code BareServer PUBLIC-KEY-FILE
 * PORT-FILE} listens on a free port of the loopback interface, writes it to the second file and
 * serves until it is ended.
 */
final class BareServer {
  private BareServer() {}

  public static void main(String[] arguments) throws Exception {
    PublicKey key =
        AuthorizedKeyEntry.readAuthorizedKeys(Path.of(arguments[0]))
            .getFirst()
            .resolvePublicKey(null, null);
    SshServer server =
        ServerBuilder.builder()
            .keyExchangeFactories(Algorithms.keyExchanges())
            .cipherFactories(Algorithms.ciphers())
            .macFactories(Algorithms.macs())
            .compressionFactories(Algorithms.compressions())
            .signatureFactories(Algorithms.signatures())
            .channelFactories(List.of(new Channels()))
            .publickeyAuthenticator(
                new KeySetPublickeyAuthenticator("the one of the bench", List.of(key)))
            .build(true);
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(
        KeyPairProvider.wrap(KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256)));
    server.setUserAuthFactories(List.of(new UserAuthPublicKeyFactory(Algorithms.signatures())));
    server.setCommandFactory((channel, text) -> nothing(text));
    CoreModuleProperties.TCP_NODELAY.set(server, true);
    CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ZERO);
    server.start();
    tell(Path.of(arguments[1]), server.getPort());
    Thread.currentThread().join();
  }

  private static void tell(Path file, int port) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, port + "\n");
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static final class Channels implements ChannelFactory {
    @Override
    public String getName() {
      return "session";
    }

    @Override
    public Channel createChannel(Session session) {
      return new DoorChannel();
    }
  }

  private static Command nothing(String text) {
    return new AbstractCommandSupport(text, null) {
      @Override
      public void run() {
        ExitCallback callback = getExitCallback();
        callback.onExit(0);
      }
    };
  }
}
