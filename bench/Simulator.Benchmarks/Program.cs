using CryptoSim.Simulator.Benchmarks;

var options = Options.Parse(args, Console.Error);
if (options is null)
{
    return 2;
}

if (options.Explore)
{
    return ExplorationTable.Run(options, Console.Out, Console.Error);
}

var results = new List<RowResult>();
if (!options.Json)
{
    Report.Header(Console.Out);
}

foreach (var row in options.Rows)
{
    var result = Harness.Measure(row);
    results.Add(result);
    if (!options.Json)
    {
        Report.Line(Console.Out, result);
    }
}

if (options.Json)
{
    using var output = Console.OpenStandardOutput();
    Report.Json(output, results);
}

var failures = results.Select(result => result.Failure).OfType<string>().ToList();
if (options.Check)
{
    failures.ForEach(Console.Error.WriteLine);
}

return options.Check && failures.Count > 0 ? 1 : 0;
