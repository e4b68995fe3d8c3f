#!/usr/bin/env perl
# A page that gives a job to the worker: one process each, and a database file that both have to see.
use Mojolicious::Lite -signatures;

my $database = $ENV{JOBS_DATABASE} // 'sqlite:test.db';
plugin Minion => {SQLite => $database};

app->log->level('trace');
app->secrets(['only for an example']);

app->minion->add_task(
  poke_mojo => sub ($job, @args) {
    $job->app->log->debug('Mojo was poked');
  }
);

get '/' => sub ($c) {
  $c->minion->enqueue('poke_mojo');
  $c->render(text => 'Hello, World!');
};

app->start;
