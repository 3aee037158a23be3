/* The ceiling: a server that does nothing but libuv and llhttp. It answers every request with one fixed JSON document.
   What the host loses against it is what routing, plugins, logging and safety cost. */
#include <llhttp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <uv.h>

struct client {
  uv_tcp_t socket;
  llhttp_t parser;
  char output[16384];
  size_t length;
};

struct unsent {
  uv_write_t request;
  char bytes[];
};

static llhttp_settings_t settings;
static char input[65536];
static char date[40];

static void update_date(uv_timer_t *timer) {
  (void)timer;
  time_t now = time(NULL);
  struct tm utc;
  gmtime_r(&now, &utc);
  strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &utc);
}

static void freed(uv_handle_t *handle) { free(handle->data); }
static void sent(uv_write_t *request, int status) { (void)status; free(request); }

static void hang_up(struct client *client) {
  if (!uv_is_closing((uv_handle_t *)&client->socket)) uv_close((uv_handle_t *)&client->socket, freed);
}

static void flush(struct client *client) {
  uv_buf_t part = uv_buf_init(client->output, client->length);
  int count = client->length ? uv_try_write((uv_stream_t *)&client->socket, &part, 1) : 0;
  if (count == UV_EAGAIN) count = 0;
  if (count >= 0 && (size_t)count < client->length) {
    size_t rest = client->length - count;
    struct unsent *unsent = malloc(sizeof *unsent + rest);
    memcpy(unsent->bytes, client->output + count, rest);
    part = uv_buf_init(unsent->bytes, rest);
    uv_write(&unsent->request, (uv_stream_t *)&client->socket, &part, 1, sent);
  }
  client->length = 0;
}

static int answer(llhttp_t *parser) {
  static const char body[] = "{\"message\":\"hello\",\"ok\":true}";
  struct client *client = parser->data;
  if (sizeof client->output - client->length < 256) flush(client);
  client->length += snprintf(client->output + client->length, sizeof client->output - client->length,
                             "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\nDate: %s\r\n\r\n%s",
                             sizeof body - 1, date, body);
  return 0;
}

static void give_buffer(uv_handle_t *handle, size_t wanted, uv_buf_t *buffer) {
  (void)handle, (void)wanted;
  *buffer = uv_buf_init(input, sizeof input);
}

static void take(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer) {
  struct client *client = stream->data;
  if (count < 0 || llhttp_execute(&client->parser, buffer->base, count) != HPE_OK) return hang_up(client);
  flush(client);
}

static void greet(uv_stream_t *server, int status) {
  if (status < 0) return;
  struct client *client = calloc(1, sizeof *client);
  uv_tcp_init(server->loop, &client->socket);
  client->socket.data = client;
  llhttp_init(&client->parser, HTTP_REQUEST, &settings);
  client->parser.data = client;
  if (uv_accept(server, (uv_stream_t *)&client->socket) < 0) return hang_up(client);
  uv_tcp_nodelay(&client->socket, 1);
  uv_read_start((uv_stream_t *)&client->socket, give_buffer, take);
}

int main(int count, char **arguments) {
  uv_loop_t *loop = uv_default_loop();
  uv_tcp_t server;
  uv_timer_t clock;
  struct sockaddr_in address;
  llhttp_settings_init(&settings);
  settings.on_message_complete = answer;
  update_date(&clock);
  uv_timer_init(loop, &clock);
  uv_timer_start(&clock, update_date, 500, 500);
  uv_tcp_init(loop, &server);
  uv_ip4_addr("127.0.0.1", count > 1 ? atoi(arguments[1]) : 8201, &address);
  uv_tcp_bind(&server, (struct sockaddr *)&address, 0);
  if (uv_listen((uv_stream_t *)&server, 511, greet)) return perror("listen"), 1;
  return uv_run(loop, UV_RUN_DEFAULT);
}
