package dev.slipway.cli.door;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LauncherWireTest {
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final LauncherWire sender = new LauncherWire(InputStream.nullInputStream(), sent);

  @Test
  void aFrameIsTypeLengthPayload() throws IOException {
    sender.write('o', (byte) 1, (byte) 2);

    assertThat(sent.toByteArray()).containsExactly('o', 0, 0, 0, 2, 1, 2);
  }

  @Test
  void readsWhatWasWrittenAndThenTheEnd() throws IOException {
    sender.write('A', "one".getBytes(StandardCharsets.UTF_8));
    sender.write('G');
    LauncherWire receiver = receiver(sent.toByteArray());

    LauncherWire.Frame first = requireNonNull(receiver.read());
    assertThat(first.type()).isEqualTo('A');
    assertThat(first.payload()).asString(StandardCharsets.UTF_8).isEqualTo("one");
    LauncherWire.Frame second = requireNonNull(receiver.read());
    assertThat(second.length()).isZero();
    assertThat(receiver.read()).isNull();
  }

  @Test
  void refusesAFrameThatIsTooLong() {
    LauncherWire receiver = receiver(new byte[] {'A', 0, 0x10, 0, 1});

    assertThatThrownBy(receiver::read).isInstanceOf(StreamCorruptedException.class);
  }

  @Test
  void refusesANegativeLength() {
    LauncherWire receiver = receiver(new byte[] {'A', -1, -1, -1, -1});

    assertThatThrownBy(receiver::read).isInstanceOf(StreamCorruptedException.class);
  }

  @Test
  void noticesAnEndWithinAFrame() {
    LauncherWire receiver = receiver(new byte[] {'A', 0, 0, 0, 3, 'x'});

    assertThatThrownBy(receiver::read).isInstanceOf(EOFException.class);
  }

  @Test
  void readsAWholeRequest() throws IOException {
    sender.write('H', (byte) 1);
    sender.write('A', "config:set".getBytes(StandardCharsets.UTF_8));
    sender.write('A');
    sender.write('A', new byte[] {'a', '\n', (byte) 0xff});
    sender.write('E', "K=first".getBytes(StandardCharsets.UTF_8));
    sender.write('E', "K=a=b".getBytes(StandardCharsets.UTF_8));
    sender.write('E', "no variable".getBytes(StandardCharsets.UTF_8));
    sender.write('D', "/srv".getBytes(StandardCharsets.UTF_8));
    sender.write('T', new byte[] {5, 0, 24, 1, 4});
    sender.write('P', LauncherWire.ofInt(4711));
    sender.write('G');

    LauncherRequest request = LauncherRequest.read(receiver(sent.toByteArray()));

    assertThat(request.arguments()).containsExactly("config:set", "", "a\n\udcff");
    assertThat(request.environment()).containsExactly("K=first", "K=a=b", "no variable");
    assertThat(request.environmentByName()).hasSize(1).containsEntry("K", "a=b");
    assertThat(request.directory()).isEqualTo("/srv");
    assertThat(request.terminal())
        .isEqualTo(new LauncherRequest.Terminal(true, false, true, 24, 260));
    assertThat(request.pid()).isEqualTo(4711);
  }

  @Test
  void refusesARequestOfAnotherVersion() throws IOException {
    sender.write('H', (byte) 2);

    assertThatThrownBy(() -> LauncherRequest.read(receiver(sent.toByteArray())))
        .isInstanceOf(StreamCorruptedException.class)
        .hasMessage("version 2 instead of 1");
  }

  @Test
  void refusesARequestWithoutAVersionInFront() throws IOException {
    sender.write('A', (byte) 'x');

    assertThatThrownBy(() -> LauncherRequest.read(receiver(sent.toByteArray())))
        .isInstanceOf(StreamCorruptedException.class);
  }

  @Test
  void refusesARequestOfMoreThan16MiB() throws IOException {
    sender.write('H', (byte) 1);
    for (int i = 0; i < 17; i++) {
      sender.write('E', new byte[LauncherWire.MAX_PAYLOAD]);
    }

    assertThatThrownBy(() -> LauncherRequest.read(receiver(sent.toByteArray())))
        .isInstanceOf(StreamCorruptedException.class)
        .hasMessageContaining("16 MiB");
  }

  @Test
  void aProgramWithANulIsRefusedBeforeAnythingIsSent() {
    LauncherProgram program = new LauncherProgram("/bin/true", List.of("a\0b"), Map.of(), "/");

    assertThatThrownBy(program::payload).isInstanceOf(IllegalArgumentException.class);
  }

  private static LauncherWire receiver(byte[] bytes) {
    return new LauncherWire(new ByteArrayInputStream(bytes), OutputStream.nullOutputStream());
  }
}
